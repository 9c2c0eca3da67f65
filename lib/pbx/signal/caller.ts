import type { OutgoingCall, OutgoingChat } from "@/lib/contact/ports.ts";

/**
 * Returns the visitor's name for the agent's phone or client. P50: with
 * `cli_override`, the PBX keeps the caller from the setup. Without it, the PBX
 * may replace it with its entry for the App object (SDK: Signal).
 */
export function callerOf(
  { visitor }: Pick<OutgoingCall | OutgoingChat, "visitor">,
  cliOverride: boolean,
): { type: string; name?: string }[] {
  const name = visitor.name || visitor.widget.name;
  const named = { type: "name_identification", name };
  return cliOverride ? [named, { type: "cli_override" }] : [named];
}
