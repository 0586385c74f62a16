"""Who listens to what in this process: one channel of the layer, many sockets, each a cursor over the log."""

from counseling.hub import daphne_line
from counseling.hub.hub import Hub, hub_here
from counseling.hub.logins import Login, Visit, login_of, visit_of
from counseling.hub.pace import Pace
from counseling.hub.wires import StaffWire, VisitorWire, Wire

daphne_line.install()

__all__ = ["Hub", "Login", "Pace", "StaffWire", "Visit", "VisitorWire", "Wire", "hub_here", "login_of", "visit_of"]
