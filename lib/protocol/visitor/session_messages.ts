import * as v from "valibot";
import { CardMedia } from "@/lib/model/media.ts";
import { Presence } from "@/lib/model/presence.ts";

// The messages of the service that a widget needs to show its cards. The
// schemas are lenient, because the page decodes with them and the service may
// be newer.

/** The displayed details of the company; members that are not set are
 * missing. */
export const CompanyInfo = v.object({
  name: v.exactOptional(v.string()),
  street: v.exactOptional(v.string()),
  zip: v.exactOptional(v.string()),
  city: v.exactOptional(v.string()),
  country: v.exactOptional(v.string()),
  phone: v.exactOptional(v.string()),
  fax: v.exactOptional(v.string()),
  email: v.exactOptional(v.string()),
  web: v.exactOptional(v.string()),
});
export type CompanyInfo = v.InferOutput<typeof CompanyInfo>;

/** Colours by name, as `#rrggbb`. */
const Palette = v.record(v.string(), v.string());

/** + The widget's look and behaviour: lib/model/appearance.ts, and more. */
export const SessionOptions = v.object({
  font: v.string(),
  fontSize: v.number(),
  theme: v.string(),
  colors: v.object({
    accent: v.string(),
    background: v.string(),
    text: v.string(),
    card: v.string(),
  }),
  /** + All colours for light and dark mode: those of `colors`, changed where
   * text would not be readable, and those that follow from them. */
  palettes: v.exactOptional(v.object({ light: Palette, dark: Palette })),
  radius: v.number(),
  margin: v.object({ x: v.number(), y: v.number() }),
  gap: v.number(),
  zIndex: v.number(),
  position: v.string(),
  title: v.string(),
  helpTexts: v.array(v.string()),
  hideWhenUnavailable: v.boolean(),
  randomAgent: v.boolean(),
  showBranding: v.boolean(),
  consent: v.string(),
  /** + Version of the text in `consent`; absent without one. */
  consentVersion: v.exactOptional(v.string()),
  visitorName: v.string(),
  sendPage: v.boolean(),
  /** + Query parameters that may stay in the addresses of `page`; absent: none. */
  pageParameters: v.exactOptional(v.array(v.string())),
  /** True if calls and chats need a Proof, otherwise absent. */
  proof: v.exactOptional(v.boolean()),
});
export type SessionOptions = v.InferOutput<typeof SessionOptions>;

export const SessionInfo = v.object({
  mt: v.literal("Session"),
  name: v.string(),
  /** The language of `strings`. */
  lang: v.string(),
  strings: v.record(v.string(), v.string()),
  /** + from here on. */
  type: v.picklist(["sidebar", "cardset"]),
  options: SessionOptions,
  resume: v.string(),
  v: v.number(),
});
export type SessionInfo = v.InferOutput<typeof SessionInfo>;

export const Info = v.object({
  mt: v.literal("Info"),
  id: v.string(),
  dn: v.string(),
  department: v.string(),
  phonenumber: v.string(),
  email: v.string(),
  company: CompanyInfo,
  presence: Presence,
  media: v.array(CardMedia),
  order: v.number(),
  /** + Id of the picture, "" for none; equal ids mean equal pictures. */
  picture: v.string(),
  /** + A button of the card that opens a page. */
  link: v.exactOptional(v.object({ label: v.string(), url: v.string() })),
  /** + Outside opening hours: when the agent can be reached again, in seconds
   * since 1970. Absent if that is not known. */
  opensAt: v.exactOptional(v.number()),
});
export type Info = v.InferOutput<typeof Info>;

export const PictureMessage = v.object({
  mt: v.literal("Picture"),
  id: v.string(),
  /** A data: URL, or "" for an agent without a picture. */
  url: v.string(),
});
export type PictureMessage = v.InferOutput<typeof PictureMessage>;

export const ErrorCode = v.picklist([
  "unknown-widget",
  "origin-refused",
  "bad-message",
  "rate-limited",
  "proof-required",
  "dest-refused",
  "media-refused",
  "unavailable",
  "consent-outdated",
  "closed",
]);
export type ErrorCode = v.InferOutput<typeof ErrorCode>;

export const ErrorMessage = v.object({
  mt: v.literal("Error"),
  /** An {@linkcode ErrorCode}, or one that only a newer service knows. */
  error: v.string(),
  text: v.string(),
  /** + Seconds until a new try makes sense, with `rate-limited`. */
  retryAfter: v.exactOptional(v.number()),
});
export type ErrorMessage = v.InferOutput<typeof ErrorMessage> & {
  error: ErrorCode;
};

export const SessionMessage = v.variant("mt", [
  SessionInfo,
  Info,
  PictureMessage,
  ErrorMessage,
]);
export type SessionMessage = v.InferOutput<typeof SessionMessage>;
