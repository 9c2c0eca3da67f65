import { faultsAsJson, whoMay } from "@/lib/web/api_access.ts";
import { define } from "@/lib/web/state.ts";

export default define.middleware([faultsAsJson, whoMay]);
