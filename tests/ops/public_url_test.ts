import { equal, match, ok } from "node:assert/strict";
import type { PbxView } from "@/lib/protocol/admin/pbx.ts";
import { AdminClient, PASSWORD } from "@/tests/support/admin_client.ts";
import { freePort } from "@/tests/support/proxy.ts";
import { startService } from "@/tests/support/service.ts";

const PUBLIC = "https://widgets.example.com";

Deno.test("websites, people and the PBX are given CW_PUBLIC_URL as the service's address", async () => {
  const port = freePort("127.0.0.1");
  await using service = await startService({
    port,
    args: [`--admin-password=${PASSWORD}`, `--public-url=${PUBLIC}/`],
  });
  const here = `http://127.0.0.1:${port}`;
  const admin = await AdminClient.signIn(here, "admin", PASSWORD);

  const page = await fetch(`${here}/admin`, {
    headers: { cookie: admin.cookie },
  });
  const html = await page.text();
  const { appUrl } = await admin.call<PbxView>("GET", "/api/pbx");

  match(service.output(), /^URL +https:\/\/widgets\.example\.com\/$/m);
  match(service.output(), /^Preview +https:\/\/widgets\.example\.com\//m);
  // What the Code dialog makes its lines of: components/widget_editor/embed.ts.
  ok(html.includes(PUBLIC));
  ok(!html.includes(here));
  equal(appUrl, `${PUBLIC}/widgets/innovaphone-widgets`);
});
