import { faultsAsJson, whoMay } from "@/lib/web/api_door.ts";
import { define } from "@/lib/web/state.ts";

export default define.middleware([faultsAsJson, whoMay]);
