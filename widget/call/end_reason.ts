import { CAUSE } from "@/lib/base/causes.ts";
import type { WidgetTexts } from "@/lib/i18n/widget/texts.ts";
import type { MediaTrouble } from "@/lib/media/trouble.ts";

/** The reason why a call ended or could not begin: the key of a text for the
 * visitor. */
export type EndReason = Extract<
  keyof WidgetTexts,
  | `ended${string}`
  | "noPermission"
  | "blockedByPage"
  | "inAppBrowser"
  | "noDevice"
  | "deviceBusy"
  | "deviceLate"
  | "callFailed"
  | "insecurePage"
  | "noWebrtc"
  | "tooMany"
  | "proofFailed"
  | "closed"
>;

/** Maps the Q.850 cause of a call's end to its reason. */
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

/** Returns why a call cannot begin if the microphone has this problem. */
export async function troubleReason(trouble: MediaTrouble): Promise<EndReason> {
  if (trouble !== "denied") return TROUBLES[trouble];
  return await import("./denied.ts").then(
    ({ deniedReason }) => deniedReason(),
    () => TROUBLES.denied, // There is no network, or the service was updated.
  );
}

const TROUBLES: Record<MediaTrouble, EndReason> = {
  denied: "noPermission",
  missing: "noDevice",
  busy: "deviceBusy",
  late: "deviceLate",
  insecure: "insecurePage",
  unsupported: "noWebrtc",
};
