import { deepEqual, equal, match, ok } from "node:assert/strict";
import { CANNOT_MOUNT, SmallDisk } from "@/tests/support/small_disk.ts";
import { startRefusingSmtp, startSmtp } from "@/tests/support/smtp_server.ts";
import { checkConfig } from "./check_config.ts";
import { readConfig } from "./config.ts";

/** Checks settings with a data folder in which `fill` puts its files. */
async function checked(
  settings: string[],
  fill: (folder: string) => Promise<void> = () => Promise.resolve(),
) {
  const folder = await Deno.makeTempDir({ prefix: "check-config-" });
  try {
    await fill(folder);
    const config = readConfig(
      ["--host=127.0.0.1", "--port=0", `--data=${folder}`, ...settings],
      () => undefined,
    );
    if (!config.ok) throw new Error(config.error[0]?.text);
    const { errors, warnings } = await checkConfig(config.value, {});
    const files = [...Deno.readDirSync(folder)].map(({ name }) => name);
    return { errors, warnings, files };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("checkConfig() rejects a file that isn't a store", async () => {
  const { errors } = await checked(
    [],
    (folder) =>
      Deno.writeTextFile(`${folder}/widgets.kv`, "no store\n".repeat(99)),
  );

  equal(errors.length, 1);
  match(errors[0] ?? "", /widgets\.kv/);
});

Deno.test("checkConfig() accepts a new data folder, and leaves nothing in it", async () => {
  const { errors, warnings, files } = await checked([]);

  deepEqual([errors, warnings, files], [[], [], []]);
});

/** Settings of an instance whose servers refuse connections. */
const INSTANCE = [
  ...["--kv=postgres://cw@127.0.0.1:1/cw", "--nats=nats://127.0.0.1:1"],
  "--secret-key=sixteen characters",
];

Deno.test("checkConfig() signs in at the mail server and sends nothing, and a failure is a warning without the password", async () => {
  await using works = await startSmtp();
  using refuses = startRefusingSmtp("AUTH", "535 Wrong password");
  const smtp = (url: string) => [
    ...[`--smtp-url=${url}`, "--smtp-from=widgets@example.com"],
  ];
  const signedIn = refuses.url.replace("password", "secret");

  const fine = await checked(smtp(works.url));
  const wrong = await checked(smtp(signedIn));
  const away = await checked(smtp("smtp://127.0.0.1:1"));

  deepEqual([fine.errors, fine.warnings], [[], []]);
  deepEqual(await works.received(), []);
  deepEqual([wrong.errors, away.errors], [[], []]);
  match(
    wrong.warnings.join(),
    /^The mail server at 127\.0\.0\.1:\d+ cannot be used: .*535 Wrong password/,
  );
  ok(!wrong.warnings.join().includes("secret"));
  match(away.warnings.join(), /^The mail server at 127\.0\.0\.1:1 cannot/);
});

Deno.test("checkConfig() names PostgreSQL and NATS if they are away, and does not wait for them", async () => {
  const since = performance.now();

  const { errors } = await checked(INSTANCE);

  equal(errors.length, 2);
  match(
    errors[0] ?? "",
    /^Cannot open the store .*: the connection is refused/,
  );
  match(errors[1] ?? "", /^NATS at 127\.0\.0\.1:1 cannot be reached: /);
  ok(performance.now() - since < 20_000); // A start waits for 30 s.
});

Deno.test("checkConfig() names the files of NATS that cannot be used, each once", async () => {
  const empty = await Deno.makeTempFile();
  const errorsOf = async (...settings: string[]) => {
    const { errors } = await checked([...INSTANCE, ...settings]);
    return errors.filter((error) => !/ the store /.test(error))
      .map((error) => error.replace(/ \(os error 2\).*/, ""));
  };

  const missing = await errorsOf(
    ...["--nats-creds=/none", "--nats=tls://127.0.0.1:1?ca=/none"],
  );
  const unfilled = await errorsOf(`--nats-creds=${empty}`);

  await Deno.remove(empty);
  const why = "cannot be read: No such file or directory";
  deepEqual(missing, [`CW_NATS_CREDS ${why}`, `The ca file of CW_NATS ${why}`]);
  deepEqual(unfilled, ["CW_NATS_CREDS cannot be used: the file is empty"]);
});

Deno.test({
  name: "checkConfig() needs 512 KiB for a new store",
  ignore: CANNOT_MOUNT,
  async fn() {
    const results: string[][] = [];
    for (const size of ["512k", "508k"]) {
      const folder = await Deno.makeTempDir({ prefix: "check-config-" });
      {
        await using _disk = await SmallDisk.mount(folder, size);
        const { errors } = await checked([`--data=${folder}/data`]);
        results.push(errors);
      }
      await Deno.remove(folder);
    }

    equal(results[0]?.length, 0);
    match(results[1]?.join() ?? "", /^Cannot open the store .*No space left/);
  },
});

Deno.test("checkConfig() warns about half of the settings of TURN", async () => {
  const warnings = async (...settings: string[]) =>
    (await checked(settings)).warnings;

  deepEqual(await warnings("--turn=turn.example.com"), [
    "CW_TURN is not used, because CW_TURN_SECRET is empty",
  ]);
  deepEqual(await warnings("--turn-secret=0123456789abcdef"), [
    "CW_TURN_SECRET is not used, because CW_TURN is empty",
  ]);
  deepEqual(
    await warnings(
      "--turn=turn.example.com",
      "--turn-secret=0123456789abcdef",
    ),
    [],
  );
});

Deno.test("checkConfig() warns about calls without HTTPS, unless only this computer can connect", async () => {
  const text = "Neither CW_TLS_CERT nor CW_TRUSTED_PROXIES is set: browsers " +
    "allow calls on pages with HTTPS only";
  const warnings = async (...settings: string[]) =>
    (await checked(settings)).warnings.includes(text);

  deepEqual(
    [
      await warnings("--host=0.0.0.0"),
      await warnings("--host=0.0.0.0", "--trusted-proxies=127.0.0.1"),
      await warnings("--host=127.0.0.1"),
      await warnings("--host=localhost"),
    ],
    [true, false, false, false],
  );
});
