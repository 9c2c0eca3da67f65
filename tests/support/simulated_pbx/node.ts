import type { Json } from "./messages.ts";

/** SDK: PbxApi: the result of a request that has nothing to do with presence. */
export function nodeAnswer({ mt }: Json): Json | undefined {
  switch (mt) {
    case "GetNodeInfo":
      return {
        name: "root",
        prefix_intl: "000",
        prefix_ntl: "00",
        prefix_subs: "0",
        country_code: "49",
      };
    case "AddAlienCall":
      return { id: 1 };
    case "DelAlienCall":
      return {};
    default:
      return undefined;
  }
}

/** SDK: PbxAdminApi: licences and servers. Numbers of licences are texts. */
export function systemAnswer({ mt }: Json): Json | undefined {
  switch (mt) {
    case "GetPbxLicenses":
      return {
        lic: [{
          name: "App(innovaphone-widgets)",
          version: "14r1",
          count: "10",
          used: "1",
          local: "1",
          slaves: "0",
        }],
      };
    case "GetAppLics":
      return { lics: [] };
    case "GetStun":
      return {
        stun: "stun.example.com",
        turn: "",
        turnUsr: "",
        turnPwd: "",
        stunSlow: false,
      };
    default:
      return undefined;
  }
}
