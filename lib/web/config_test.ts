import { deepEqual, equal, ok } from "node:assert/strict";
import { helpText, readConfig, unknownNames } from "./config.ts";

const nothing = () => undefined;

Deno.test("readConfig() has a default for every setting", () => {
  const config = readConfig([], nothing);

  ok(config.ok);
  equal(config.value.port, 8_000);
  equal(config.value.instancePath, "/widgets");
  deepEqual(config.value.trustedProxies, []);
});

Deno.test("readConfig() takes a flag before the environment", () => {
  const environment = new Map([["CW_PORT", "1"], ["CW_HOST", "::1"]]);

  const config = readConfig(
    ["--port", "2", "--public-url=https://w.example.com/"],
    (name) => environment.get(name),
  );

  ok(config.ok);
  equal(config.value.port, 2);
  equal(config.value.host, "::1");
  equal(config.value.publicUrl, "https://w.example.com");
});

Deno.test("readConfig() names each setting, its value and what is allowed", () => {
  const environment = new Map([
    ["CW_PORT", "99999"],
    ["CW_PBX_FROM", "10.0.0.0/99"],
    ["CW_PBX_CLI_OVERRIDE", "true"],
    ["CW_LOG", "loud"],
    ["CW_PBX_PASSWORD", "x".repeat(65)],
  ]);

  const config = readConfig(["--nonsense"], (name) => environment.get(name));

  ok(!config.ok);
  deepEqual(config.error, [
    { name: "Unknown option", text: "--nonsense (see --help)" },
    {
      name: "CW_PORT",
      text: '"99999" must be a whole number from 0 to 65535',
    },
    {
      name: "CW_PBX_PASSWORD",
      text: "the value must have at most 64 characters",
    },
    {
      name: "CW_PBX_FROM",
      text: '"10.0.0.0/99" must be addresses or networks such as 10.0.0.0/8,' +
        " separated by commas",
    },
    { name: "CW_PBX_CLI_OVERRIDE", text: '"true" must be yes or no' },
    { name: "CW_LOG", text: '"loud" must be debug, info, warning or error' },
  ]);
});

Deno.test("readConfig() takes a certificate with its key only", () => {
  const config = readConfig(["--tls-cert=c.pem"], nothing);

  deepEqual(config, {
    ok: false,
    error: [{ name: "CW_TLS_CERT", text: "and CW_TLS_KEY go together" }],
  });
});

Deno.test("helpText() names every setting in both forms", () => {
  const text = helpText();

  ok(text.includes("--turn-secret"));
  ok(text.includes("CW_TURN_SECRET"));
});

Deno.test("helpText() aligns the names, whatever their lengths", () => {
  const [, ...rows] = helpText().split("\n");
  const columns = rows.map((row) => {
    const [whole = "", flag = ""] = /^( +--\S+ +)CW_\w+ +/.exec(row) ?? [];
    return `${flag.length} ${whole.length}`;
  });

  equal(new Set(columns).size, 1, helpText());
});

Deno.test("readConfig() reads secrets from the files that CW_…_FILE names", () => {
  const files: Record<string, string> = { "/run/turn": "s3cret\n" };
  const read = (path: string) => {
    const text = files[path];
    if (text === undefined) throw new Deno.errors.NotFound("No such file");
    return text;
  };
  const environment: Record<string, string> = {
    CW_TURN_SECRET_FILE: "/run/turn",
    CW_PBX_PASSWORD_FILE: "/run/missing",
    CW_PORT_FILE: "/run/turn",
  };

  const bad = readConfig([], (name) => environment[name], read);
  delete environment["CW_PBX_PASSWORD_FILE"];
  const good = readConfig([], (name) => environment[name], read);
  const flag = readConfig(
    ["--turn-secret=other"],
    (name) => environment[name],
    read,
  );

  deepEqual(bad, {
    ok: false,
    error: [{
      name: "CW_PBX_PASSWORD_FILE",
      text: "cannot be read: No such file",
    }],
  });
  equal(good.ok && good.value.turnSecret, "s3cret");
  equal(good.ok && good.value.port, 8_000);
  equal(flag.ok && flag.value.turnSecret, "other");
  deepEqual(unknownNames(environment), ["CW_PORT_FILE"]);
});
