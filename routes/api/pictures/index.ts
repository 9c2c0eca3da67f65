import { uploadedPicture } from "@/lib/web/picture_files.ts";
import { define } from "@/lib/web/state.ts";

export const handlers = define.handlers({
  async POST({ req, state: { services } }) {
    const uploaded = await uploadedPicture(req, services);
    if (!uploaded.ok) return uploaded.error;
    return Response.json({ id: uploaded.value }, { status: 201 });
  },
});
