import { addPushDevice, pushView } from "@/lib/web/push_devices.ts";
import { define } from "@/lib/web/state.ts";

export const handlers = define.handlers({
  GET: ({ state }) => pushView(state),
  POST: ({ req, state }) => addPushDevice(req, state),
});
