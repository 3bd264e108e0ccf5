"""A Sparkplug edge node with one device, on pysparkplug.

The device publishes 'value N' for N = FIRST, FIRST + 1 and so on, COUNT times (0: until it is
killed), by its name. Each step is told on standard output before it is taken. The library
answers no request for births.
"""

import sys
import threading
import time

import pysparkplug as sparkplug

port, certificates, node, device, first, count = sys.argv[1:]


def tell(what):
    print(what, flush=True)


def pressure(value):
    return sparkplug.Metric(
        timestamp=sparkplug.get_current_timestamp(), name="hall/pressure",
        datatype=sparkplug.DataType.INT64, value=value)


client = sparkplug.Client(
    client_id=node,
    transport_config=sparkplug.TLSConfig(
        ca_certs=f"{certificates}/ca.crt", certfile=f"{certificates}/{node}.crt",
        keyfile=f"{certificates}/{node}.key"))
edge = sparkplug.EdgeNode("plant", node, metrics=(), client=client)
edge.register(sparkplug.Device(device, metrics=[pressure(None)]))
# Its data may not overtake its births, which a thread of the library sends.
born = threading.Event()
edge.subscribe(
    sparkplug.Topic(
        message_type=sparkplug.MessageType.DBIRTH, group_id="plant", edge_node_id=node,
        device_id=device),
    sparkplug.QoS.AT_MOST_ONCE, lambda *_: born.set())
tell("birth")
edge.connect("localhost", port=int(port))
born.wait()
value = int(first)
end = value + int(count) if int(count) else None
while True:
    if value != end:
        tell(f"value {value}")
        edge.update_device(device, [pressure(value)])
        value += 1
    time.sleep(0.02)
