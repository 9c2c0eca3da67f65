import { asset } from "fresh/runtime";
import { ADMIN_LANGUAGES } from "@/lib/i18n/admin/languages.ts";
import { themeOf } from "@/lib/web/preferences.ts";
import { define } from "@/lib/web/state.ts";

// An error before the state was created has no language.
export default define.layout((
  { Component, state: { lang = "en" }, req, url },
) => (
  <html lang={lang} data-theme={isSample(url) ? "auto" : themeOf(req)}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="robots" content="noindex" />
      <title>{ADMIN_LANGUAGES[lang].common.product}</title>
      <link rel="icon" href={asset("/mark.svg")} type="image/svg+xml" />
      <link rel="stylesheet" href={asset("/ui.css")} />
      <link rel="stylesheet" href={asset("/admin.css")} />
    </head>
    <body>
      <Component />
    </body>
  </html>
));

/** Previews use the system's theme like a visitor's browser, not the admin's
 * choice. */
function isSample({ pathname }: URL): boolean {
  return pathname.startsWith("/preview/");
}
