"""Why a file is not taken."""


class Refused(Exception):
    """The file is not stored; ``message`` says why and, where possible, what to do instead."""

    def __init__(self, message: object) -> None:
        super().__init__(str(message))
        self.message = str(message)
