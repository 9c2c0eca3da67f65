import type { Part } from "@/tools/browser_targets.ts";

/** Features that a supported browser lacks, and why their use does no harm. */
export interface Guard {
  /** The feature, with all that is below it in the data. */
  feature: string;
  parts: Part[];
  /** CSS properties in which it is harmless; undefined: everywhere. */
  properties?: string[];
  /** Uses in the built files; undefined: any number, because each is harmless. */
  uses?: number;
  why: string;
}

const BOTH: Part[] = ["widget", "pages"];

/** Every use of a newer feature that the check does not recognize as guarded. */
export const GUARDS: readonly Guard[] = [
  {
    feature: "api.Navigator.wakeLock",
    parts: ["widget"],
    uses: 1,
    why: "keepAwake() does nothing if it is undefined",
  },
  {
    feature: "api.WakeLockSentinel.released",
    parts: ["widget"],
    uses: 2,
    why: "Read of a lock, which such browsers never give",
  },
  {
    feature: "api.RTCDTMFSender.canInsertDTMF",
    parts: ["widget"],
    uses: 1,
    why: "Keys are offered if it is undefined, as in Firefox before 135",
  },
  {
    feature: "api.HTMLVideoElement.requestPictureInPicture",
    parts: ["widget"],
    uses: 1,
    why: "The button is there only if document.pictureInPictureEnabled is true",
  },
  {
    feature: "api.RTCPeerConnectionIceErrorEvent",
    parts: ["pages"],
    uses: 1,
    why: "Read in the handler of an event that such browsers never fire",
  },
  {
    feature: "api.NotRestoredReasons.reasons",
    parts: ["pages"],
    uses: 2,
    why: "A member of the admin protocol that has the same name",
  },
  {
    feature: "api.BluetoothRemoteGATTCharacteristic.service",
    parts: ["pages"],
    uses: 1,
    why: "A text of the audit page that has the same name",
  },
  {
    feature: "api.HTMLElement.hidePopover",
    parts: ["widget"],
    uses: 2,
    why: "above.ts loads only where dialogs.ts has found showPopover()",
  },
  {
    feature: "api.HTMLElement.showPopover",
    parts: ["widget"],
    uses: 2,
    why: "above.ts loads only where dialogs.ts has found showPopover()",
  },
  {
    feature: "javascript.builtins.Intl.Segmenter.segment",
    parts: ["widget"],
    uses: 1,
    why:
      'lib/base/cut.ts asks for "Segmenter" in Intl, and cuts by code points ' +
      "otherwise",
  },
  {
    feature: "javascript.builtins.Intl.Segments.containing",
    parts: ["widget"],
    uses: 1,
    why: "As for Intl.Segmenter.segment",
  },
  {
    feature: "api.UserActivation.hasBeenActive",
    parts: ["widget"],
    uses: 1,
    why:
      "Read by ?. of navigator.userActivation; without it, the tone is tried",
  },
  {
    feature: "api.PushSubscriptionChangeEvent",
    parts: ["pages"],
    uses: 2,
    why: "Without them, desk_worker.js leaves the new subscription to the desk",
  },
  {
    feature: "api.NotificationEvent.notification",
    parts: ["pages"],
    uses: 2,
    why: "Read when a notification is pressed, in browsers that show some",
  },
  {
    feature: "css.types.color.color-mix",
    parts: ["widget"],
    properties: ["background"],
    why: "A tint: without it the background is that of the parent element",
  },
  {
    feature: "css.properties.text-wrap",
    parts: BOTH,
    why: "Headings break where the line is full instead",
  },
  {
    feature: "css.selectors.has",
    parts: ["widget"],
    uses: 1,
    why: "On a narrow screen the panel is as high as the chat instead of 88 %",
  },
  {
    feature: "css.properties.cursor",
    parts: BOTH,
    why: "iOS has no pointer",
  },
  {
    feature: "css.properties.resize",
    parts: BOTH,
    why: "iOS has no handle to resize a text field",
  },
  {
    feature: "css.properties.forced-color-adjust",
    parts: BOTH,
    why: "Safari has no forced colours",
  },
  {
    feature: "css.properties.scrollbar-width",
    parts: ["pages"],
    why: "A scroll bar is visible below the tabs, and works",
  },
  {
    feature: "css.properties.scroll-initial-target",
    parts: ["pages"],
    why: "The current page's link may be out of view until the row is scrolled",
  },
];
