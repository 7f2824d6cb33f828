# Builds in one stage, runs in another that holds neither compiler nor tests.
FROM node:20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-fund --no-audit
COPY tsconfig.json tsconfig.build.json ./
COPY src ./src
COPY workers ./workers
RUN node node_modules/typescript/bin/tsc -p tsconfig.build.json && npm prune --omit=dev --no-fund --no-audit

FROM node:20-bookworm-slim
ENV NODE_ENV=production DATELINE_DATA_DIR=/data
WORKDIR /app
# A named volume takes over this folder's owner, so that an ordinary user can write it.
RUN install -d -o node -g node /data
COPY package.json LICENSE NOTICE ./
COPY bin ./bin
COPY config ./config
COPY assets ./assets
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
USER node
EXPOSE 4700
# Asks the console of this very container; services without the console role switch it off.
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.DATELINE_CONSOLE_PORT || 4700}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "bin/dateline.mjs"]
CMD ["start"]
