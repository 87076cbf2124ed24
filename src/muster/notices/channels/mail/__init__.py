"""E-mail, through the server that MUSTER_MAIL_SERVER names. Without one there is no mail, and all else works."""
