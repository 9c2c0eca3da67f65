import { deepEqual, equal, match, notEqual } from "node:assert/strict";
import { VisitorRoom } from "@/tests/support/visitor_room.ts";
import { iceConfig, type IceSettings } from "./ice.ts";

const SETTINGS: IceSettings = {
  stun: "stun.example.com",
  turn: "turn.example.com:5349",
  turnSecret: "",
  ttlSeconds: 3_600,
};
const VISITOR = { user: "ada", now: 1_700_000_000_999 };

Deno.test("[V12] credentials of TURN end by themselves and are made with the secret", () => {
  const config = iceConfig(
    { ...SETTINGS, turnSecret: "north", transport: "tls" },
    VISITOR,
  );

  deepEqual(config, {
    mt: "IceConfig",
    stun: "stun.example.com",
    turn: "turn.example.com:5349",
    transport: "tls",
    turnUsr: "1700003600:ada",
    // printf 1700003600:ada | openssl dgst -sha1 -hmac north -binary | base64
    turnPwd: "xnSlQG4JwD6eDlwPBFdbTt6sTJk=",
    ttl: 3_600,
  });
});

Deno.test("[V12] without a secret, or without TURN, there are no credentials", () => {
  const open = iceConfig(SETTINGS, VISITOR);
  const none = iceConfig(
    { ...SETTINGS, turn: "", turnSecret: "north", transport: "tls" },
    VISITOR,
  );

  deepEqual(open, {
    mt: "IceConfig",
    stun: "stun.example.com",
    turn: "turn.example.com:5349",
  });
  deepEqual(none, { mt: "IceConfig", stun: "stun.example.com", turn: "" });
});

Deno.test("[V12] a session has one name at the TURN servers, another session another", async () => {
  const users: string[] = [];
  using room = new VisitorRoom({
    ice: (user) => {
      users.push(user);
      return { mt: "IceConfig", stun: "", turn: "" };
    },
  });
  const [one, other] = [await room.page(), await room.page()];

  one.say({ mt: "GetIceConfig" });
  one.say({ mt: "GetIceConfig" });
  other.say({ mt: "GetIceConfig" });

  const [first = "", second, third] = users;
  match(first, /^[0-9a-f]{32}$/);
  equal(second, first);
  notEqual(third, first);
  equal(one.all("Session")[0]?.resume?.includes(first), false);
});
