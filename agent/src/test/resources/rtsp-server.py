"""Serves one H.264 or H.265 MP4 file at rtsp://127.0.0.1:PORT/stream, from its beginning for each client, and prints the port.

Usage: rtsp-server.py FILE PORT [USER PASSWORD]    (port 0: any free one; with a user: digest authentication)
Environment: RTSP_CODEC h264 or h265; RTSP_TRANSPORT tcp or udp, the only one that it offers; RTSP_SHARED 1: all clients
follow one playing of the file, which begins with the first of them
"""
import os
import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtsp, GstRtspServer

Gst.init(None)
file, port = sys.argv[1], sys.argv[2]

server = GstRtspServer.RTSPServer()
server.set_address("127.0.0.1")
server.set_service(port)

factory = GstRtspServer.RTSPMediaFactory()
codec = os.environ.get("RTSP_CODEC", "h264")
factory.set_launch(f'( filesrc location="{file}" ! qtdemux ! {codec}parse config-interval=-1 ! rtp{codec}pay name=pay0 pt=96 )')
if os.environ.get("RTSP_SHARED") == "1":
    # Each client that begins would take all others back to the beginning of the file.
    def unseekable(_, media):
        def refuse(pad, info):
            return Gst.PadProbeReturn.DROP if info.get_query().type == Gst.QueryType.SEEKING else Gst.PadProbeReturn.OK

        media.get_element().get_by_name("pay0").get_static_pad("src").add_probe(Gst.PadProbeType.QUERY_UPSTREAM, refuse)

    factory.set_shared(True)
    factory.connect("media-configure", unseekable)
transport = os.environ.get("RTSP_TRANSPORT")
if transport:
    factory.set_protocols({"tcp": GstRtsp.RTSPLowerTrans.TCP, "udp": GstRtsp.RTSPLowerTrans.UDP}[transport])
if len(sys.argv) > 4:
    auth = GstRtspServer.RTSPAuth()
    auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
    token = GstRtspServer.RTSPToken()
    token.set_string(GstRtspServer.RTSP_TOKEN_MEDIA_FACTORY_ROLE, "viewer")
    auth.add_digest(sys.argv[3], sys.argv[4], token)
    server.set_auth(auth)
    permissions = GstRtspServer.RTSPPermissions()
    permissions.add_permission_for_role("viewer", GstRtspServer.RTSP_PERM_MEDIA_FACTORY_ACCESS, True)
    permissions.add_permission_for_role("viewer", GstRtspServer.RTSP_PERM_MEDIA_FACTORY_CONSTRUCT, True)
    factory.set_permissions(permissions)
server.get_mount_points().add_factory("/stream", factory)

if server.attach(None) == 0:
    sys.exit(f"port {port} is taken")
print(server.get_bound_port(), flush=True)
GLib.MainLoop().run()
