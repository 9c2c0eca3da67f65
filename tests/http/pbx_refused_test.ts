import { deepEqual, match, rejects } from "node:assert/strict";
import type { PbxView } from "@/lib/protocol/admin/pbx.ts";
import { WebSocket } from "ws";
import { AdminClient, PASSWORD } from "../support/admin_client.ts";
import { startService } from "../support/service.ts";
import { SimulatedPbx } from "../support/simulated_pbx/simulated_pbx.ts";
import { webSocketWire } from "../support/simulated_pbx/wire.ts";

const ARGS = ["--pbx-password=s3cret", `--admin-password=${PASSWORD}`];

Deno.test("[P40] a PBX at a wrong address, or with a wrong password, is visible to administrators and operators", async () => {
  await using elsewhere = await startService({
    args: [...ARGS, "--pbx-from=192.0.2.0/24"],
  });
  await using here = await startService({ args: ARGS });
  const connect = async (url: string, password: string, times: number) => {
    const wire = webSocketWire(`${url.replace("http", "ws")}/widgets`);
    const pbx = new SimulatedPbx(wire, { password });
    for (let n = 0; n < times; n++) await rejects(pbx.connect());
  };

  await connect(elsewhere.url, "s3cret", 3);
  await connect(here.url, "guess", 7); // Five tries a minute; then it waits.

  deepEqual(await refusedAt(elsewhere.url), [["address", "127.0.0.1", 3]]);
  deepEqual(await refusedAt(here.url), [
    ["throttled", "127.0.0.1", 2],
    ["login", "127.0.0.1", 5],
  ]);
  const page = await adminOf(elsewhere.url).then(({ cookie }) =>
    fetch(`${elsewhere.url}/admin/pbx`, {
      headers: { cookie, "accept-language": "de" },
    })
  );
  match(await page.text(), /Diese Adresse darf sich nicht als PBX verbinden/);
  const metrics = await (await fetch(`${here.url}/metrics`)).text();
  match(metrics, /^contact_widgets_pbx_refused\{reason="login"\} 5$/m);
  match(metrics, /^contact_widgets_pbx_refused\{reason="address"\} 0$/m);
});

Deno.test("[P40] a page in a browser can't act as a PBX", async () => {
  await using service = await startService({ args: ARGS });
  const url = `${service.url.replace("http", "ws")}/widgets`;
  const opened = (options: { origin?: string }) =>
    new Promise<string>((resolve) => {
      const socket = new WebSocket(url, options);
      socket.on("open", () => {
        socket.terminate();
        resolve("opened");
      });
      socket.on("error", ({ message }) => resolve(message));
    });

  match(await opened({ origin: "https://evil.example" }), /403/);
  match(await opened({ origin: service.url }), /403/);
  deepEqual(await opened({}), "opened");
});

function adminOf(url: string): Promise<AdminClient> {
  return AdminClient.signIn(url, "admin", PASSWORD);
}

async function refusedAt(url: string) {
  const admin = await adminOf(url);
  const { refusals } = await admin.call<PbxView>("GET", "/api/pbx");
  return refusals.map(({ reason, address, count }) => [reason, address, count]);
}
