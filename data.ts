import { runDataCommand } from "@/lib/web/data_command.ts";

// What operators do with the data beside a running service, or without one.
if (import.meta.main) Deno.exit(await runDataCommand(Deno.args));
