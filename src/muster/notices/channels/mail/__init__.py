"""E-mail, by Django's SMTP settings. Without EMAIL_HOST in the environment there is no mail, and all else works."""
