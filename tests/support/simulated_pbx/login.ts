import { createHash } from "node:crypto";
import type { Json } from "./messages.ts";

/** The AppLogin of an App object (SDK: AppWebsocket). */
export function appLogin(
  challenge: string,
  { app, domain, object, name, pbx, password }: {
    app: string;
    domain: string;
    /** Name and display name of the App object. */
    object: string;
    name: string;
    pbx: string;
    password: string;
  },
): Json {
  const guid = "8e7ca6fabbc5630170e9009033400109";
  const info = {
    appobj: object,
    appdn: name,
    appurl: `http://192.0.2.10/widgets/${app}`,
    pbx,
    cn: name,
    unlicensed: true,
    lics: 0,
    apps: [],
  };
  const hashed = [
    app,
    domain,
    object,
    guid,
    name,
    JSON.stringify(info),
    challenge,
    password,
  ]
    .join(":");
  const digest = createHash("sha256").update(hashed, "utf8").digest("hex");
  return {
    mt: "AppLogin",
    sip: object,
    guid,
    dn: name,
    digest,
    domain,
    app,
    info,
  };
}
