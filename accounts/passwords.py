"""What a password must be, said as the house speaks."""

from django.contrib.auth import password_validation
from django.utils.translation import gettext as _


class LongEnough(password_validation.MinimumLengthValidator):
    """Twelve characters: a sentence is easier to remember than signs, and harder to guess."""

    def get_error_message(self) -> str:
        """What is wrong."""
        return _("短すぎます。%(least)d文字以上にしてください。") % {"least": self.min_length}

    def get_help_text(self) -> str:
        """What to do."""
        return _("%(least)d文字以上。短い文をそのまま使うと、覚えやすく、当てられにくくなります。") % {
            "least": self.min_length
        }


class NotOneself(password_validation.UserAttributeSimilarityValidator):
    """Not the person's name or address."""

    def __init__(self) -> None:
        super().__init__(user_attributes=("name", "email"))

    def get_error_message(self) -> str:
        """What is wrong."""
        return _("名前やメールアドレスに似ています。ほかのものにしてください。")

    def get_help_text(self) -> str:
        """What to do."""
        return _("名前やメールアドレスに似たものは使えません。")


class NotCommon(password_validation.CommonPasswordValidator):
    """None of those that everybody tries first."""

    def get_error_message(self) -> str:
        """What is wrong."""
        return _("よく使われるパスワードなので、すぐに当てられてしまいます。ほかのものにしてください。")

    def get_help_text(self) -> str:
        """What to do."""
        return _("よく使われるパスワードは使えません。")
