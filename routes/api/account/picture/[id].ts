import { refuse } from "@/lib/web/api_errors.ts";
import { ownAccount } from "@/lib/web/own_account.ts";
import { pictureResponse } from "@/lib/web/picture_files.ts";
import { define } from "@/lib/web/state.ts";

export const handlers = define.handlers({
  async GET({ params: { id = "" }, state }) {
    if (ownAccount(state).picture !== id) {
      return refuse({ reason: "not-found" });
    }
    return pictureResponse(await state.services.pictures.get(id));
  },
});
