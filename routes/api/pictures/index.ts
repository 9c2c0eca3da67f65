import { PICTURE_BYTES_MAX, PICTURE_SIDE_MAX } from "@/lib/model/picture.ts";
import { readBytes } from "@/lib/web/api_body.ts";
import { refuse } from "@/lib/web/api_errors.ts";
import { define } from "@/lib/web/state.ts";

const ALLOWED = `must be a still JPEG, PNG or WebP of at most ` +
  `${PICTURE_SIDE_MAX} x ${PICTURE_SIDE_MAX} px`;

export const handlers = define.handlers({
  async POST({ req, state: { services } }) {
    const body = await readBytes(req, PICTURE_BYTES_MAX);
    if (!body.ok) return refuse(body.error);
    const taken = await services.pictures.accept(body.value);
    if (taken.ok) return Response.json({ id: taken.value }, { status: 201 });
    if (taken.error.reason === "too-big") return refuse(taken.error);
    const text = `${ALLOWED}; this ${taken.error.why}`;
    return refuse({ reason: "not-a-picture", text });
  },
});
