import * as v from "valibot";

/** The ways to reach an agent that the service carries. `video` includes voice. */
export const CONTACT_MEDIA = ["voice", "video", "chat"] as const;
export const ContactMedia = v.picklist(CONTACT_MEDIA);
export type ContactMedia = v.InferOutput<typeof ContactMedia>;

/** What a visitor's card offers: the above, and `email` where there is one. */
export const CARD_MEDIA = ["voice", "video", "email", "chat"] as const;
export const CardMedia = v.picklist(CARD_MEDIA);
export type CardMedia = v.InferOutput<typeof CardMedia>;
