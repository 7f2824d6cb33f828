import type { Area, Page } from './area.js';
import { assetPath } from './assets.js';
import { csrfField, html, nothing, time, type Html } from './markup/index.js';
import { THEMES, type Theme } from './theme.js';
import { mayAct, type Visitor } from './visitor.js';

export interface Frame {
  /** Null on the pages of one who is not known yet: the login. */
  readonly visitor: Visitor | null;
  readonly areas: readonly Area[];
  /** Path that is shown, for the navigation and the way back after a change of theme. */
  readonly path: string;
  readonly theme: Theme;
  readonly now: Date;
  /** What was just done. */
  readonly flash?: string | undefined;
}

/** The whole document around a page. */
export const layout = (page: Page, { visitor, areas, path, theme, now, flash }: Frame): Html => html`<!doctype html>
<html lang="en" dir="ltr"${theme === 'auto' ? nothing : html` data-theme="${theme}"`}>
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${page.title} · Dateline</title>
  <link rel="icon" href="${assetPath('mark.svg')}" type="image/svg+xml">
  <link rel="stylesheet" href="${assetPath('console.css')}">
  <script type="module" src="${assetPath('console.js')}"></script>${(page.scripts ?? []).map((name) => html`
  <script type="module" src="${assetPath(name)}"></script>`)}
</head>
<body${visitor === null ? html` class="bare"` : nothing}>
  <a class="skip" href="#content">Skip to the content</a>
  <header class="rail">
    <a class="brand" href="/"><img src="${assetPath('mark.svg')}" alt="" width="22" height="22"> Dateline</a>
    ${visitor === null ? nothing : html`${navigation(areas.filter((area) => isFor(area, visitor)), path)}
    ${whoIsThere(visitor, path, theme)}`}
  </header>
  <main id="content" tabindex="-1">
    ${flash === undefined ? nothing : html`<p class="note well" role="status">${flash}</p>`}
    <div class="slug"><h1>${page.title}</h1>${time(now.toISOString(), now)} UTC${page.lead === undefined ? nothing : html` <span class="dash">—</span> <span class="lead">${page.lead}</span>`}</div>
    ${page.body}
  </main>
</body>
</html>`;

const isWithin = (path: string, area: string): boolean => path === area || (area !== '/' && path.startsWith(`${area}/`));

/** A place that would turn the visitor away is not offered. */
const isFor = ({ nav, pages }: Area, { role }: Visitor): boolean => pages.some(({ method, path, access }) => method === 'get' && path === nav?.path && mayAct(role, access));

const navigation = (areas: readonly Area[], path: string): Html => html`<nav aria-label="Console"><ul>${areas.flatMap(({ nav }) => (nav === undefined ? [] : [html`
      <li><a href="${nav.path}"${isWithin(path, nav.path) ? html` aria-current="page"` : nothing}>${nav.label}</a></li>`]))}
    </ul></nav>`;

const whoIsThere = (visitor: Visitor, path: string, theme: Theme): Html => html`<div class="foot">
      <form method="post" action="/theme" class="themes"><fieldset><legend class="unseen">Colours</legend>${csrfField(visitor)}<input type="hidden" name="back" value="${path}">${THEMES.map((name) => html`
        <button name="theme" value="${name}" aria-pressed="${name === theme ? 'true' : 'false'}">${name}</button>`)}
      </fieldset></form>
      <p class="who"><bdi>${visitor.name}</bdi> <small>${visitor.role}</small></p>${visitor.via === 'session' ? html`
      <form method="post" action="/logout" class="inline">${csrfField(visitor)}<button class="quiet">Log out</button></form>` : nothing}
    </div>`;
