import { allowsFeature } from "@/lib/media/page_policy.ts";

/** Parts of a user agent that identify the browsers inside apps. */
const IN_APP =
  /\b(FBA[NV]|Instagram|LinkedInApp|musical_ly|BytedanceWebview|TikTok|Snapchat|Pinterest|Line\/|MicroMessenger)/;

/** The properties of the page that {@linkcode deniedReason} reads. */
export interface PermissionPage {
  userAgent: string;
  isFramed: boolean;
  /** Undefined if the browser does not report it. */
  allowsMicrophone: boolean | undefined;
}

/**
 * Returns why the microphone was denied, as far as a page can know it. A
 * browser reports the same error if the visitor refuses, if the page's policy
 * forbids it, and if an app has no permission that it can pass on.
 */
export function deniedReason(
  page: PermissionPage = thisPage(),
): "blockedByPage" | "inAppBrowser" | "noPermission" {
  const { userAgent, isFramed, allowsMicrophone } = page;
  if (!(allowsMicrophone ?? !isFramed)) return "blockedByPage";
  return IN_APP.test(userAgent) ? "inAppBrowser" : "noPermission";
}

function thisPage(): PermissionPage {
  return {
    userAgent: navigator.userAgent,
    isFramed: (globalThis.top ?? globalThis.self) !== globalThis.self,
    allowsMicrophone: allowsFeature("microphone"),
  };
}
