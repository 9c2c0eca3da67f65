import { systemClock } from "@/lib/base/clock.ts";
import { err, type Result } from "@/lib/base/result.ts";
import { NatsBus, type NatsBusOptions } from "@/lib/cluster/nats_bus.ts";
import type { Config } from "./settings.ts";

/** Connects to the NATS of the settings, for which it waits up to 30 s. The error
 * is a sentence without a period. Rejects if the file of credentials cannot be
 * read, which settingsErrors() reports before. */
export async function connectBus(
  { nats, natsCreds }: Config,
  options: Omit<NatsBusOptions, "credentials">,
): Promise<Result<NatsBus, string>> {
  if (nats === "") return err("CW_NATS is empty");
  if (natsCreds === "") return await NatsBus.connect(nats, options);
  const credentials = await Deno.readTextFile(natsCreds);
  return await NatsBus.connect(nats, { ...options, credentials });
}

/** Returns why NATS cannot be used with these settings, if so. Tries it once,
 * without waiting for a server that is starting. */
export async function natsErrorOf(config: Config): Promise<string | undefined> {
  const options = { clock: systemClock, connectWithinMs: 0 };
  const bus = await connectBus(config, options);
  if (!bus.ok) return bus.error;
  await bus.value[Symbol.asyncDispose]();
  return undefined;
}
