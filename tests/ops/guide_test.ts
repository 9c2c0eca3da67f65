import { equal, match, ok } from "node:assert/strict";
import { type Binary, makeBinary } from "@/tests/support/binary.ts";
import { freePort } from "@/tests/support/proxy.ts";

const GUIDE = new URL("../../docs/operator.md", import.meta.url);

Deno.test("the operator's guide works word by word in an empty folder", async () => {
  await using binary: Binary = await makeBinary();
  const port = freePort("127.0.0.1");
  const guide = await Deno.readTextFile(GUIDE);
  const commands = [...guide.matchAll(/^```sh\n(.*?)^```$/gms)]
    .map(([, block = ""]) =>
      block.replaceAll("localhost:8000", `localhost:${port}`)
    );
  const folder = `${binary.home}/fresh`;
  await Deno.mkdir(folder);
  await Deno.copyFile(binary.path, `${folder}/contact-widgets`);

  // What the guide starts must not outlive it.
  const script = `set -eu\ntrap 'kill $(jobs -p) 2>/dev/null || true' EXIT\n` +
    commands.join("\n");
  const { code, stdout, stderr } = await new Deno.Command("/bin/bash", {
    args: ["-c", script],
    cwd: folder,
    clearEnv: true,
    env: {
      PATH: "/usr/bin:/bin",
      HOME: binary.home,
      CW_PORT: `${port}`,
      CW_HOST: "127.0.0.1",
    },
  }).output();

  const decoder = new TextDecoder();
  const said = decoder.decode(stdout);
  equal(code, 0, decoder.decode(stderr) + said);
  ok(commands.length >= 7);
  match(said, /^Contact Widgets \d/m);
  match(said, /^The settings are good$/m);
  match(said, /^Sign in {2}http/m);
  match(said, /^New password of admin: \w+$/m);
  match(said, /^contact_widgets_visitors 0$/m);
  match(said, /^Nothing was written\. With --yes this is done\.$/m);
  match(said, /^Imported\./m);
});
