import { deepEqual, equal, match, ok } from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { SETTINGS } from "@/lib/program/settings.ts";
import { readDockerfile, runStage } from "@/tests/support/dockerfile.ts";
import { startService } from "@/tests/support/service.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

// No image is pulled here: the Dockerfile's own instructions are done one by one
// in folders, with the programs that both base images have.

Deno.test("the steps of the Dockerfile produce a program that runs as an unprivileged user", async () => {
  if (Deno.uid() !== 0) return; // Only root can play the build, then nobody.
  const place = await Deno.makeTempDir({ prefix: "dockerfile-" });
  await Deno.chmod(place, 0o755);
  const text = await Deno.readTextFile(`${ROOT}deploy/Dockerfile`);
  const [build, last, ...more] = readDockerfile(text);
  ok(build?.as && last && more.length === 0);
  const bases = [build.from, last.from];

  await copyContext(`${place}/context`);
  const path = await programs(`${place}/programs`);
  const bench = { context: `${place}/context`, stages: new Map(), path };
  const built = await runStage(build, { ...bench, root: `${place}/build` });
  const stages = new Map([[build.as, built.root]]);
  const image = await runStage(last, {
    ...bench,
    stages,
    root: `${place}/image`,
    path: "/usr/bin:/bin",
  });
  const [program = ""] = image.entrypoint;
  {
    await using service = await startService({
      data: image.environment.CW_DATA ?? "",
      program: {
        path: `${image.root}/usr/local/bin/${program}`,
        clearEnv: true,
        env: { PATH: "/usr/bin:/bin", ...image.environment },
        cwd: image.root,
        ...image.user,
      },
    });

    const ready = await fetch(`${service.url}/readyz`);
    equal(await ready.text(), "ready\n");
    await service.stop(image.stopSignal === "SIGTERM" ? "SIGTERM" : "SIGKILL");
  }
  const { uid } = await Deno.stat(`${image.root}/data/widgets.kv`);
  await Deno.remove(place, { recursive: true });

  match(bases.join(), /^node:\d+\.\d+\.\d+-bookworm-slim,debian:12\.\d+-slim$/);
  deepEqual(image.ports, [Number(SETTINGS.port.byDefault)]);
  deepEqual(image.volumes, ["/data"]);
  equal(uid, 65_534);
});

/** The files that `COPY . .` copies: those of a clone that aren't in .dockerignore. */
async function copyContext(to: string): Promise<void> {
  const ignored = (await Deno.readTextFile(`${ROOT}.dockerignore`))
    .split("\n").filter((line) => line !== "");
  await Deno.mkdir(to);
  for await (const { name } of Deno.readDir(ROOT)) {
    if (ignored.includes(name)) continue;
    await new Deno.Command("cp", { args: ["-a", `${ROOT}${name}`, to] })
      .output();
  }
}

/** The programs of the base image; its npx would load just the Deno that runs
 * this test, whose version is the one of the repository. */
async function programs(folder: string): Promise<string> {
  const version = (await Deno.readTextFile(`${ROOT}.deno-version`)).trim();
  equal(Deno.version.deno, version);
  await Deno.mkdir(folder);
  const npx = [
    "#!/bin/sh",
    `[ "$1 $2" = "-y deno@${version}" ] || exit 9`,
    "shift 2",
    `exec ${await Deno.realPath(Deno.execPath())} "$@"`,
    "",
  ];
  await Deno.writeTextFile(`${folder}/npx`, npx.join("\n"), { mode: 0o755 });
  return `${folder}:/usr/bin:/bin`;
}
