// The script of the server-rendered pages: what they cannot do with forms alone.
import { sendOnce } from "./once";
import { offerPasskeys } from "./passkeys";

sendOnce(document);
offerPasskeys(document);
