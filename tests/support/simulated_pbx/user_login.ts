import { createHash } from "node:crypto";

/** A user as the PBX knows it, and the App object through which it comes. */
export interface PbxUserOptions {
  password: string;
  app: string;
  domain: string;
  sip: string;
  guid: string;
  name: string;
  object: string;
  /** More members of `info`. */
  info: Record<string, unknown>;
}

const ATLANTIS: PbxUserOptions = {
  password: "s3cret",
  app: "innovaphone-widgets",
  domain: "example.com",
  sip: "atlantis",
  guid: "f48b06484a8a61015853009033400109",
  name: "Atlantis",
  object: "widgets",
  info: {},
};

/**
 * Returns the PBX's answer to the myApps client's AppGetLogin with this
 * challenge, as the text that the client passes to the page of the App (SDK:
 * AppWebsocket).
 */
export function userLogin(
  challenge: string,
  options: Partial<PbxUserOptions> = {},
): string {
  const user = { ...ATLANTIS, ...options };
  const { app, domain, sip, guid, name: dn, object } = user;
  const info = JSON.stringify({
    appobj: object,
    appdn: "Contact Widgets",
    appurl: "https://192.0.2.10/widgets/innovaphone-widgets",
    pbx: "master",
    cn: sip,
    unlicensed: true,
    groups: [],
    apps: [],
    ...user.info,
  });
  const hashed = [app, domain, sip, guid, dn, info, challenge, user.password];
  const digest = createHash("sha256").update(hashed.join(":"), "utf8")
    .digest("hex");
  const own = { mt: "Login", app, domain, sip, guid, dn };
  // `info` goes out as it was hashed.
  return `${JSON.stringify(own).slice(0, -1)},"info":${info},` +
    `"digest":"${digest}","key":"${"0".repeat(64)}","pbxObj":"${object}"}`;
}
