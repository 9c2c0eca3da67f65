import { CAUSE } from "@/lib/base/causes.ts";
import type { WidgetTexts } from "@/lib/i18n/widget/texts.ts";

/** Why a call ended or could not begin: the key of a text for the visitor. */
export type EndReason = Extract<
  keyof WidgetTexts,
  | `ended${string}`
  | "noPermission"
  | "blockedByPage"
  | "inAppBrowser"
  | "noDevice"
  | "deviceBusy"
  | "insecurePage"
  | "noWebrtc"
  | "tooMany"
  | "proofFailed"
>;

/** What the end of a call means, by its Q.850 cause. */
export function reasonOf(cause: number): EndReason {
  switch (cause) {
    case CAUSE.normal:
      return "ended";
    case CAUSE.busy:
      return "endedBusy";
    case CAUSE.noResponse:
    case CAUSE.noAnswer:
    case CAUSE.timeout:
      return "endedNoAnswer";
    case CAUSE.rejected:
      return "endedRejected";
    case CAUSE.mediaRefused:
      return "endedMedia";
    default:
      return "endedLine";
  }
}
