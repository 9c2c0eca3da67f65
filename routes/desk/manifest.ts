import { ADMIN_LANGUAGES, adminLanguage } from "@/lib/i18n/admin/languages.ts";
import { DESK_LANGUAGES } from "@/lib/i18n/desk/languages.ts";
import { define } from "@/lib/web/state.ts";

const ICONS = [
  { src: "/mark.svg", sizes: "any", type: "image/svg+xml" },
  { src: "/desk-192.png", sizes: "192x192", type: "image/png" },
  { src: "/desk-512.png", sizes: "512x512", type: "image/png" },
  {
    src: "/desk-maskable-512.png",
    sizes: "512x512",
    type: "image/png",
    purpose: "maskable",
  },
];

/** Describes the desk as an app that can be installed. Browsers read it without
 * cookies, so the page names its language. */
export const handler = define.handlers({
  GET({ url }) {
    const lang = adminLanguage(url.searchParams.get("lang") ?? undefined, null);
    const { title } = DESK_LANGUAGES[lang];
    const manifest = {
      id: "/desk",
      start_url: "/desk",
      scope: "/", // The sign-in page belongs to the app too.
      name: `${ADMIN_LANGUAGES[lang].common.product}: ${title}`,
      short_name: title,
      lang,
      display: "standalone",
      background_color: "#ffffff",
      theme_color: "#0b6e5f",
      icons: ICONS,
    };
    return new Response(JSON.stringify(manifest), {
      headers: {
        "content-type": "application/manifest+json",
        "cache-control": "no-cache",
      },
    });
  },
});
