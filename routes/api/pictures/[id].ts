import { pictureResponse } from "@/lib/web/picture_files.ts";
import { define } from "@/lib/web/state.ts";

export const handlers = define.handlers({
  async GET({ params: { id = "" }, state: { services } }) {
    return pictureResponse(await services.pictures.get(id));
  },
});
