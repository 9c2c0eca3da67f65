import * as v from "valibot";

/** The media for contacting an agent through the service. `video` includes
 * voice. */
export const CONTACT_MEDIA = ["voice", "video", "chat"] as const;
export const ContactMedia = v.picklist(CONTACT_MEDIA);
export type ContactMedia = v.InferOutput<typeof ContactMedia>;

/** The media of a visitor's card: the above, and `email` if the agent has
 * one. */
export const CARD_MEDIA = ["voice", "video", "email", "chat"] as const;
export const CardMedia = v.picklist(CARD_MEDIA);
export type CardMedia = v.InferOutput<typeof CardMedia>;
