import { deepEqual } from "node:assert/strict";
import { iceConfig, type IceSettings } from "./ice_config.ts";

const SETTINGS: IceSettings = {
  stun: "stun.example.com",
  turn: "turn.example.com:5349",
  turnSecret: "",
  ttlSeconds: 3_600,
};
const VISITOR = { user: "ada", now: 1_700_000_000_999 };

Deno.test("[V12] TURN credentials expire and are derived from the secret", () => {
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
