import { err, ok, type Result } from "@/lib/base/result.ts";
import {
  type Picture,
  PICTURE_BYTES_MAX,
  PICTURE_SIDE_MAX,
  type PictureId,
} from "@/lib/model/picture.ts";
import { readBytes } from "./api_body.ts";
import { refuse } from "./api_errors.ts";
import type { Services } from "./services.ts";
import { PICTURE_POLICY } from "./security_headers.ts";

const A_YEAR_SECONDS = 365 * 24 * 60 * 60;

const ALLOWED = `must be a still JPEG, PNG or WebP of at most ` +
  `${PICTURE_SIDE_MAX} x ${PICTURE_SIDE_MAX} px`;

/** Stores the picture in a request's body and returns its id, or the
 * rejection. */
export async function uploadedPicture(
  request: Request,
  { pictures }: Pick<Services, "pictures">,
): Promise<Result<PictureId, Response>> {
  const body = await readBytes(request, PICTURE_BYTES_MAX);
  if (!body.ok) return err(refuse(body.error));
  const taken = await pictures.accept(body.value);
  if (taken.ok) return ok(taken.value);
  if (taken.error.reason === "too-big") return err(refuse(taken.error));
  const text = `${ALLOWED}; this ${taken.error.why}`;
  return err(refuse({ reason: "not-a-picture", text }));
}

/** Returns a stored picture as a response, or 404. */
export function pictureResponse(picture: Picture | undefined): Response {
  if (picture === undefined) return refuse({ reason: "not-found" });
  return new Response(picture.bytes, {
    headers: {
      "content-type": picture.type,
      // The id is the hash of the bytes, so its content never changes.
      "cache-control": `private, max-age=${A_YEAR_SECONDS}, immutable`,
      "content-security-policy": PICTURE_POLICY,
      "x-content-type-options": "nosniff",
    },
  });
}
