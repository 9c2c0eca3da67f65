import { deepEqual, equal, match, ok } from "node:assert/strict";
import {
  environmentWarnings,
  errorText,
  helpText,
  readConfig,
  unknownNames,
} from "./config.ts";
import { environmentName, flagName, SETTINGS } from "./settings.ts";
import { INVALID, VALID } from "@/tests/support/setting_samples.ts";

const nothing = () => undefined;

Deno.test("readConfig() has a default for every setting", () => {
  const config = readConfig([], nothing);

  ok(config.ok);
  equal(config.value.port, 8_000);
  equal(config.value.instancePath, "/widgets");
  deepEqual(config.value.trustedProxies, []);
});

Deno.test("readConfig() prefers a flag to the environment", () => {
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
      text: "the value must have at most 64 characters and be one line",
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

Deno.test("readConfig() rejects an invalid value of every setting, naming it and what is allowed", () => {
  for (const [name, values] of Object.entries(INVALID)) {
    for (const value of values) {
      const variable = environmentName(name);
      const read = readConfig([], (asked) => asked === variable ? value : "");

      const errors = read.ok ? [] : read.error;
      const [error] = errors.filter((one) => one.name === variable);
      const { allowed } = SETTINGS[name as keyof typeof SETTINGS];
      ok(
        error?.text.endsWith(` must ${allowed}`),
        `${variable}=${value}: ${error?.text}`,
      );
    }
  }
  deepEqual(Object.keys(INVALID).sort(), Object.keys(SETTINGS).sort());
});

Deno.test("readConfig() accepts every documented form of a value", () => {
  for (const [name, values] of Object.entries(VALID)) {
    for (const value of values) {
      const read = readConfig([`${flagName(name)}=${value}`], nothing);

      ok(read.ok, `${name}=${value}: ${JSON.stringify(read)}`);
    }
  }
});

Deno.test("readConfig() accepts a certificate only with its key", () => {
  const config = readConfig(["--tls-cert=c.pem"], nothing);

  deepEqual(config, {
    ok: false,
    error: [{ name: "CW_TLS_CERT", text: "and CW_TLS_KEY go together" }],
  });
});

Deno.test("a URL of PostgreSQL is refused with its reason, and without its password", () => {
  const errors = [
    "postgres://cw:s3cret@db.example.com/widgets",
    "postgres://cw:s3cret@localhost/widgets?sslmode=prefer",
    "postgres://cw:s3/cret@localhost/widgets",
  ].map((kv) => {
    const read = readConfig([], (name) => name === "CW_KV" ? kv : undefined);
    return read.ok ? "" : read.error.map(({ text }) => text).join();
  });

  deepEqual(errors.map((text) => text.includes("cret")), [false, false, false]);
  const [far = "", unsafe = "", slash = ""] = errors;
  match(far, /^"postgres:\/\/cw:\*\*\*@db.+" needs the parameter sslmode /);
  match(unsafe, /prefer" has the parameter sslmode, which must be verify-full/);
  match(slash, /^"postgres:\/\/cw:\*\*\*@.+" must be like postgres:/);
});

Deno.test("CW_KV_FILE names a file with the URL of the store", () => {
  const url = "postgres://cw:s3cret@localhost/widgets";
  const read = readConfig(
    [],
    (name) => name === "CW_KV_FILE" ? "/run/kv" : undefined,
    () => `${url}\n`,
  );

  equal(read.ok && read.value.kv, url);
});

Deno.test("CW_NATS is refused with a store of one process, and without CW_SECRET_KEY", () => {
  const key = "--secret-key=sixteen characters";
  const errorsOf = (...args: string[]) => {
    const read = readConfig(
      ["--nats=nats://cw:s3cret@localhost", ...args],
      nothing,
    );
    return read.ok ? [] : read.error.map(({ name, text }) => `${name} ${text}`);
  };
  const store =
    "CW_NATS needs the URL of PostgreSQL in CW_KV, because all instances have one store";
  const secret =
    "CW_NATS needs CW_SECRET_KEY, because all instances read the same secrets";

  deepEqual(errorsOf(), [store, secret]);
  deepEqual(errorsOf("--kv=:memory:", key), [store]);
  deepEqual(errorsOf("--kv=/var/lib/widgets.kv", key), [store]);
  deepEqual(errorsOf("--kv=postgres://cw@localhost/widgets"), [secret]);
  for (const kv of ["postgres://cw@localhost/w", "https://kv.example.com"]) {
    deepEqual(errorsOf(`--kv=${kv}`, key), []);
  }
});

Deno.test("an invalid CW_NATS is refused without its password", () => {
  const read = readConfig(["--nats=nats://cw:s3cret@a b"], nothing);

  match(
    read.ok ? "" : errorText(read.error),
    /^--nats the value must be like nats:\/\/host or tls:/,
  );
});

Deno.test("helpText() lists every setting as flag and variable", () => {
  const text = helpText();

  ok(text.includes("--turn-secret"));
  ok(text.includes("CW_TURN_SECRET"));
});

Deno.test("helpText() aligns the names, whatever their length, and is as narrow as they allow", () => {
  const [, ...rows] = helpText().split("\n");
  const columns = rows.map((row) => {
    const [whole = "", flag = ""] = /^( +--\S+ +)CW_\w+ +/.exec(row) ?? [];
    return `${flag.length} ${whole.length}`;
  });

  equal(new Set(columns).size, 1, helpText());
  equal(rows.some((row) => /--\S+ CW_/.test(row)), true);
  equal(rows.some((row) => /CW_\w+ \S/.test(row)), true);
});

Deno.test("readConfig() reads secrets from the files named by CW_…_FILE", () => {
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

Deno.test("a secret's variable takes precedence over its file, unless it is empty", () => {
  const environment: Record<string, string> = {
    CW_TURN_SECRET: "of the variable",
    CW_TURN_SECRET_FILE: "/run/turn",
  };
  const read = () => "of the file\n";
  const secretOf = () => {
    const config = readConfig([], (name) => environment[name], read);
    return config.ok && config.value.turnSecret;
  };

  const both = secretOf();
  const warnings = environmentWarnings(environment);
  environment["CW_TURN_SECRET"] = "";
  const one = secretOf();

  equal(both, "of the variable");
  deepEqual(warnings, [
    "CW_TURN_SECRET_FILE is not used, because CW_TURN_SECRET is set",
  ]);
  equal(one, "of the file");
  deepEqual(environmentWarnings(environment), []);
});

for (const text of ["", "\n", "\r\n", " \n\n"]) {
  Deno.test(`a secret's file with only ${JSON.stringify(text)} is rejected, naming its variable`, () => {
    const environment: Record<string, string> = {
      CW_ADMIN_PASSWORD_FILE: "/run/admin",
      CW_TURN_SECRET_FILE: "/run/turn",
      CW_PBX_PASSWORD_FILE: "",
    };

    const config = readConfig([], (name) => environment[name], () => text);

    deepEqual(config, {
      ok: false,
      error: ["CW_ADMIN_PASSWORD_FILE", "CW_TURN_SECRET_FILE"].map((name) => ({
        name,
        text: "cannot be used: the file is empty",
      })),
    });
  });
}

Deno.test("a passphrase that export and import reject causes a warning", () => {
  deepEqual(environmentWarnings({ CW_PASSPHRASE: "short" }), [
    "CW_PASSPHRASE must have at least 12 characters, so export and import" +
    " refuse it",
  ]);
  deepEqual(environmentWarnings({ CW_PASSPHRASE: "long enough " }), []);
  deepEqual(environmentWarnings({ CW_PASSPHRASE: "" }), []);
});

Deno.test("an invalid secret in a file is rejected, naming the file's variable", () => {
  const environment: Record<string, string> = {
    CW_ADMIN_PASSWORD_FILE: "/run/admin",
  };

  const config = readConfig([], (name) => environment[name], () => "short\n");

  deepEqual(config, {
    ok: false,
    error: [{
      name: "CW_ADMIN_PASSWORD_FILE",
      text: "the value must have 10 to 200 characters and be one line",
    }],
  });
});

Deno.test("a flag without a value doesn't swallow the next flag", () => {
  const config = readConfig(["--data", "--port=1"], nothing);

  deepEqual(config, {
    ok: false,
    error: [{ name: "--data", text: "needs a value" }],
  });
});
