import { refuse } from "@/lib/web/api_errors.ts";
import { pictureResponse } from "@/lib/web/picture_files.ts";
import { accountOf, define } from "@/lib/web/state.ts";

export const handlers = define.handlers({
  async GET({ params: { id = "" }, state }) {
    if (accountOf(state).picture !== id) {
      return refuse({ reason: "not-found" });
    }
    return pictureResponse(await state.services.pictures.get(id));
  },
});
