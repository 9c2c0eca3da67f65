/** Reasons why a device, or a whole call, is not possible. */
export type MediaTrouble =
  | "denied"
  | "missing"
  | "busy"
  /** The browser has not answered in time. */
  | "late"
  /** Pages without https cannot use devices. */
  | "insecure"
  /** The browser has no WebRTC. */
  | "unsupported";

/** Returns the reason behind an error of `getUserMedia`, by its name. */
export function troubleOf(error: unknown): MediaTrouble {
  const isError = error instanceof Error || error instanceof DOMException;
  switch (isError ? error.name : "") {
    case "NotAllowedError":
    case "SecurityError":
      return "denied";
    case "NotFoundError":
    case "OverconstrainedError":
      return "missing";
    case "TimeoutError":
      return "late";
    default:
      return "busy";
  }
}

/** Returns why this browser cannot make calls on this page, if it cannot. */
export function callTrouble(): "insecure" | "unsupported" | undefined {
  if (!isSecureContext) return "insecure";
  return typeof RTCPeerConnection === "undefined" || !navigator.mediaDevices
    ? "unsupported"
    : undefined;
}
