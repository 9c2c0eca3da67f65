import { equal, match, ok } from "node:assert/strict";
import * as v from "valibot";
import {
  isGenuine,
  isPbxObject,
  loginDigest,
  newChallenge,
  readLogin,
} from "./app_login.ts";

const Vectors = v.array(v.object({
  name: v.string(),
  app: v.string(),
  domain: v.exactOptional(v.string()),
  sip: v.exactOptional(v.string()),
  guid: v.exactOptional(v.string()),
  dn: v.exactOptional(v.string()),
  info: v.exactOptional(v.unknown()),
  challenge: v.string(),
  password: v.string(),
  digest: v.string(),
}));
const file = new URL("./vectors.json", import.meta.url);
const vectors = v.parse(Vectors, JSON.parse(await Deno.readTextFile(file)));
const secret = { challenge: "0123456789012345", password: "s3cret" };

Deno.test("[P14] isGenuine() accepts every published digest and rejects any change to it", () => {
  for (const { name, challenge, password, ...members } of vectors) {
    const received = login(members);

    equal(isGenuine(received, challenge, password), true, name);
    equal(isGenuine(received, challenge, password + "x"), false, name);
    equal(isGenuine(received, "0".repeat(16), password), false, name);
    for (const part of ["app", "domain", "sip", "guid", "dn"]) {
      const other = login({ ...members, [part]: "someone" });
      equal(isGenuine(other, challenge, password), false, name + part);
    }
  }
});

Deno.test("[P14] isGenuine() hashes info exactly as received", () => {
  const infos = [
    '{"appobj":"widgets","cn":"Müller & <Söhne> \\"日本\\" 😀"}',
    '{ "appobj" : "widgets", "10":1, "2":2 }',
    '{"appurl":"http:\\/\\/192.0.2.10\\/widgets"}',
  ];
  for (const info of infos) {
    const members = {
      app: "a",
      domain: "d",
      sip: "s",
      guid: "g",
      dn: "Ä & <ö>",
    };
    const digest = loginDigest(members, info, secret);
    const frame = `{"mt":"AppLogin",${
      JSON.stringify(members).slice(1, -1)
    },"info":${info},"digest":"${digest}"}`;
    const received = readLogin(frame);

    ok(received.ok);
    const { challenge, password } = secret;
    equal(isGenuine(received.value, challenge, password), true, info);
  }
});

Deno.test("[P14] isGenuine() also accepts a digest over the compact form", () => {
  const members = { app: "a", domain: "", sip: "", guid: "", dn: "" };
  const digest = loginDigest(members, '{"cn":"Grüße"}', secret);
  const received = readLogin(
    `{"mt":"AppLogin","app":"a","info":{"cn":"Gr\\u00fc\\u00dfe"},"digest":"${digest.toUpperCase()}"}`,
  );

  ok(received.ok);
  equal(isGenuine(received.value, secret.challenge, secret.password), true);
});

Deno.test("[P15] only an App object's own login can become a PBX link", () => {
  const widgets = { appobj: "widgets", pbx: "master", cn: "Contact Widgets" };
  const cases: [boolean, object][] = [
    [true, { sip: "widgets", info: widgets }],
    [true, { sip: "widgets" }],
    [true, { sip: "widgets", info: {} }],
    [false, {
      sip: "atlantis",
      info: { ...widgets, groups: [] },
      pbxObj: "widgets",
    }],
    // A user who leaves out pbxObj, which the digest does not cover.
    [false, { sip: "atlantis", info: { ...widgets, groups: [] } }],
    // A user whose SIP-ID is the name of the App object.
    [false, { sip: "widgets", info: { ...widgets, groups: [] } }],
    [false, { sip: "atlantis", info: widgets }],
    [false, { sip: "widgets", info: widgets, pbxObj: "widgets" }],
  ];
  for (const [expected, members] of cases) {
    const digest = "0".repeat(64);
    equal(isPbxObject(login({ ...members, digest }).login), expected);
  }
});

Deno.test("readLogin() rejects messages that aren't a login", () => {
  const digest = "0".repeat(64);
  const frames = [
    "",
    "null",
    "[]",
    "{",
    '{"mt":"AppLogin"}',
    `{"mt":"AppLogin","digest":"${digest}x"}`,
    `{"mt":"AppLogin","sip":1,"digest":"${digest}"}`,
    `{"mt":"AppLogin","info":[1],"sip":"${
      "x".repeat(513)
    }","digest":"${digest}"}`,
    `{"mt":"AppChallenge","digest":"${digest}"}`,
  ];
  for (const frame of frames) equal(readLogin(frame).ok, false, frame);
});

Deno.test("newChallenge() returns sixteen digits that never repeat", () => {
  const challenges = Array.from({ length: 200 }, newChallenge);

  for (const challenge of challenges) match(challenge, /^[0-9]{16}$/);
  equal(new Set(challenges).size, 200);
});

function login(members: object) {
  const received = readLogin(JSON.stringify({ mt: "AppLogin", ...members }));
  ok(received.ok);
  return received.value;
}
