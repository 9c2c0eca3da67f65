import type { WidgetTexts } from "@/lib/i18n/widget/texts.ts";
import type { SessionOptions } from "@/lib/protocol/visitor/session_messages.ts";
import type { FakeService } from "@/tests/support/fake_service.ts";
import { info, session } from "@/tests/support/visitor_messages.ts";

export const KINDS = ["sidebar", "bottom sidebar", "cardset"] as const;
/** `page`: on a dark page. `auto`: a visitor who likes it dark, on a light one. */
export const THEMES = ["light", "dark", "page", "auto"] as const;
export const DIRECTIONS = ["ltr", "rtl"] as const;

export type Theme = typeof THEMES[number];
export interface Combination {
  kind: typeof KINDS[number];
  direction: typeof DIRECTIONS[number];
}

const PIXEL =
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
export const NAME = "Ada Lovelace";
const company = {
  name: "Shuttles",
  street: "Main Street 1",
  zip: "12345",
  city: "Berlin",
  country: "Germany",
  phone: "+49 30 1",
  fax: "+49 30 2",
  email: "shuttles@example.com",
  web: "https://example.com",
};
const ada = info({
  id: "ada",
  dn: NAME,
  department: "Sales",
  phonenumber: "+49 30 12",
  email: "ada@example.com",
  media: ["voice", "video", "email", "chat"],
  company,
  picture: "ada",
  link: { label: "Book a date", url: "https://example.com/book" },
});
export const others = (["away", "busy", "dnd", "offline"] as const).map(
  (presence, i) =>
    info({
      id: presence,
      dn: `${presence} one`,
      presence,
      company,
      order: i + 1,
    }),
);
/** Colours that an admin may choose without regard to contrast. */
const THOUGHTLESS = {
  accent: "#ffd400",
  background: "#e8e8e8",
  text: "#9a9a9a",
  card: "#bbbbbb",
};

/** A widget of a kind, with everything on its cards. */
export function sceneOf(
  { kind, direction }: Combination,
  strings: WidgetTexts,
  options: Partial<SessionOptions>,
): Pick<FakeService, "session" | "infos" | "pictures"> {
  return {
    session: session({
      type: kind === "cardset" ? "cardset" : "sidebar",
      lang: direction === "rtl" ? "ar" : "en",
      strings: { ...strings },
    }, {
      theme: "light",
      consent: "We keep what you write for a day.",
      helpTexts: ["Questions?"],
      ...(kind === "bottom sidebar"
        ? { position: "bottom", colors: THOUGHTLESS }
        : {}),
      ...options,
    }),
    infos: [ada, ...others],
    pictures: { ada: PIXEL },
  };
}
