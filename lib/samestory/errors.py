"""What can go wrong through no fault of the program, said in one line."""


class UserError(Exception):
    """A mistake the user can mend: the command line prints its one line and leaves with exit status 2."""
