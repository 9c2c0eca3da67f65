import { deepEqual } from "node:assert/strict";
import * as v from "valibot";
import { PbxInfo } from "./link/link_machine.ts";
import { AppLogin } from "./login/app_login.ts";
import { PresenceUpdate } from "./presence/map_presence.ts";
import { Facility, Signal } from "./signal/signal.ts";

const text = (length: number) => "x".repeat(length);
const list = (length: number, item: unknown = {}) => Array(length).fill(item);
const login = { mt: "AppLogin", digest: "0".repeat(64) };

/** A schema, a message with one value, the largest valid value, and the next. */
type Case = [v.GenericSchema, (value: unknown) => object, unknown, unknown];

function member(schema: v.GenericSchema, message: object) {
  return (name: string, largest: number): Case => [
    schema,
    (value) => ({ ...message, [name]: value }),
    text(largest),
    text(largest + 1),
  ];
}

const ofLogin = member(AppLogin, login);
const ofInfo = member(PbxInfo, {});
const ofChat = member(Facility, { type: "im_message" });

Deno.test("[P32] a message of the PBX is unreadable if a member is over its limit", () => {
  const cases: Case[] = [
    ...["app", "domain", "sip", "guid", "dn", "pbxObj"].map((name) =>
      ofLogin(name, 512)
    ),
    ...["appobj", "pbx", "cn", "appurl"].map((name): Case => [
      AppLogin,
      (value) => ({ ...login, info: { [name]: value } }),
      text(512),
      text(513),
    ]),
    [
      AppLogin,
      (digest) => ({ ...login, digest }),
      "0".repeat(64),
      "0".repeat(65),
    ],
    ...["domain", "pbx", "pbxDns", "version", "build"].map((name) =>
      ofInfo(name, 256)
    ),
    [PbxInfo, (apis) => ({ apis }), list(64, text(64)), list(65, text(64))],
    [PbxInfo, (apis) => ({ apis }), [text(64)], [text(65)]],
    [
      PresenceUpdate,
      (presence) => ({ src: "a", presence }),
      list(100),
      list(101),
    ],
    ofChat("sender_dn", 200),
    ofChat("data", 400_000),
    ofChat("attach", 8_000),
    ofChat("mime", 100),
    [
      Facility,
      (name) => ({ type: "name_identification", name }),
      text(1_000),
      text(1_001),
    ],
    [
      Facility,
      (remote_name) => ({ type: "ct_complete", remote_name }),
      text(1_000),
      text(1_001),
    ],
    [Signal, (fty) => ({ type: "facility", fty }), list(64), list(65)],
  ];
  for (const [schema, messageWith, largest, tooLarge] of cases) {
    deepEqual(
      [largest, tooLarge].map((value) => v.is(schema, messageWith(value))),
      [true, false],
      JSON.stringify(messageWith(0)),
    );
  }
});

Deno.test("[P28] a cause outside of 1 to 127 counts as absent", () => {
  const causes = [0, 1, 127, 128, 16.5].map((num) =>
    v.parse(Signal, { type: "rel", cau: { num } }).cau?.num
  );

  deepEqual(causes, [undefined, 1, 127, undefined, undefined]);
});
