import { testPushDevice } from "@/lib/web/push_devices.ts";
import { define } from "@/lib/web/state.ts";

export const handlers = define.handlers({
  POST: ({ params: { id = "" }, state }) => testPushDevice(id, state),
});
