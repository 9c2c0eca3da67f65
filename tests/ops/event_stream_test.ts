import { equal, match, ok } from "node:assert/strict";
import { STREAMS_OF_TOKEN_MAX } from "@/lib/api/event_feed.ts";
import { API_SCOPES } from "@/lib/model/api_token.ts";
import type { CreatedToken } from "@/lib/protocol/admin/tokens.ts";
import { AdminClient, PASSWORD } from "@/tests/support/admin_client.ts";
import { startService } from "@/tests/support/service.ts";

Deno.test("[API16] a program that disconnects frees its stream, and an open stream does not delay a stop", async () => {
  await using service = await startService({
    args: [`--admin-password=${PASSWORD}`],
  });
  const admin = await AdminClient.signIn(service.url, "admin", PASSWORD);
  const { text } = await admin.call<CreatedToken>("POST", "/api/tokens", {
    ...{ name: "CRM", scopes: API_SCOPES },
  });
  const open = async () => {
    const ending = new AbortController();
    const { body, status } = await fetch(`${service.url}/api/v1/events`, {
      headers: { authorization: `Bearer ${text}` },
      signal: ending.signal,
    });
    const reader = body?.getReader();
    const first = new TextDecoder().decode((await reader?.read())?.value);
    if (status !== 200) await reader?.cancel();
    return { ending, reader, first, status };
  };
  const streams = [];
  for (let n = 0; n < STREAMS_OF_TOKEN_MAX; n++) streams.push(await open());

  const refused = await open();
  const [gone, ...others] = streams;
  gone?.ending.abort();
  await gone?.reader?.closed.catch(() => {});
  let next = await open();
  // The service learns of a lost connection a moment later.
  for (let n = 0; n < 10 && next.status !== 200; n++) next = await open();
  const stopping = performance.now();
  await service.stop();
  const ms = performance.now() - stopping;

  equal(streams[0]?.status, 200);
  match(streams[0]?.first ?? "", /^retry: /);
  equal(refused.status, 429);
  equal(next.status, 200);
  ok(ms < 10_000, `the stop took ${ms} ms`);
  for (const { reader } of [...others, next]) {
    await reader?.read().catch(() => {});
  }
});
