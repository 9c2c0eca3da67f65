import { removePushDevice } from "@/lib/web/push_devices.ts";
import { define } from "@/lib/web/state.ts";

export const handlers = define.handlers({
  DELETE: ({ params: { id = "" }, state }) => removePushDevice(id, state),
});
