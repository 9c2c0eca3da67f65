import { equal, match, ok } from "node:assert/strict";
import type { PbxView } from "@/lib/protocol/admin/pbx.ts";
import type { WidgetView } from "@/lib/protocol/admin/messages.ts";
import { AdminClient, PASSWORD } from "@/tests/support/admin_client.ts";
import { runProgram } from "@/tests/support/run_program.ts";
import { startService } from "@/tests/support/service.ts";

const PASSPHRASE = "a long passphrase";

Deno.test("a backup is made while the service is used, and a service elsewhere starts from it", async () => {
  const folder = await Deno.makeTempDir({ prefix: "backup-" });
  const [here, there] = [`${folder}/here`, `${folder}/there`];
  const file = `${folder}/backup.jsonl`;
  const uuids: string[] = [];
  {
    await using service = await startService({
      data: here,
      args: [`--admin-password=${PASSWORD}`],
    });
    const admin = await AdminClient.signIn(service.url, "admin", PASSWORD);
    await admin.call("PUT", "/api/pbx/password", { password: "s3cret" });
    const add = async (name: string) => {
      const { uuid } = await admin.addWidget("sidebar", (content) => {
        content.name = name;
      });
      uuids.push(uuid);
    };
    await add("Before");

    const [exported] = await Promise.all([
      command(["export", file, `--data=${here}`]),
      ...Array.from({ length: 10 }, (_, n) => add(`Meanwhile ${n}`)),
    ]);

    equal(exported.code, 0, exported.text);
  }
  const planned = await command(["import", file, `--data=${there}`]);
  const brought = await command(["import", file, "--yes", `--data=${there}`]);

  match(planned.text, /^new widget: Before$/m);
  match(planned.text, /^app password +1 new/m);
  match(planned.text, /^Dry run: nothing was written/m);
  equal(brought.code, 0, brought.text);
  await using restored = await startService({ data: there });
  const admin = await AdminClient.signIn(restored.url, "admin", PASSWORD);
  const first = await admin
    .call<WidgetView>("GET", `/api/widgets/${uuids[0]}`);
  equal(first.content.name, "Before");
  equal(first.version, 2); // Made, then saved: with its history.
  const pbx = await admin.call<PbxView>("GET", "/api/pbx");
  equal(pbx.password, "stored");
  ok(!(await Deno.readTextFile(file)).includes("s3cret"));
  await restored.stop();
  await Deno.remove(folder, { recursive: true });
});

function command(args: string[]): Promise<{ code: number; text: string }> {
  return runProgram(args, { CW_PASSPHRASE: PASSPHRASE });
}
