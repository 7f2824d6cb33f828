import type { MiddlewareHandler } from 'hono';

const COMMON = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  // Nothing to other hosts. Under no-referrer a browser would send our own forms with `Origin: null` (Fetch standard), like a stranger's.
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
} as const;

/** Own pages: scripts and style are files of ours, nothing inline, nothing from another host. */
const OWN =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; " +
  "frame-ancestors 'none'";
/** The queue dashboard is a React application with inline style; it still gets nothing from another host. */
const BOARD =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; " +
  "connect-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'";

export function securityHeaders(boardPath: string): MiddlewareHandler {
  return async (context, next) => {
    await next();
    for (const [name, value] of Object.entries(COMMON)) context.header(name, value);
    const onBoard = context.req.path === boardPath || context.req.path.startsWith(`${boardPath}/`);
    context.header('Content-Security-Policy', onBoard ? BOARD : OWN);
    if (!context.res.headers.has('Cache-Control')) context.header('Cache-Control', 'no-store');
  };
}
