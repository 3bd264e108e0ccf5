"""A Sparkplug edge node with one device, on Eclipse Tahu's Python client.

The device publishes 'value N' for N = FIRST, FIRST + 1 and so on, COUNT times (0: until it is
killed), by its alias alone. Each step is told on standard output before it is taken.
"""

import sys
import time

import paho.mqtt.client as mqtt
import tahu.sparkplug_b as sparkplug
from tahu.sparkplug_b import MetricDataType

port, certificates, node, device, first, count = sys.argv[1:]
ALIAS = 7
REBIRTH = "Node Control/Rebirth"


def tell(what):
    print(what, flush=True)


def topic(kind, *device):
    return "/".join(["spBv1.0", "plant", kind, node, *device])


def births():
    payload = sparkplug.getNodeBirthPayload()
    sparkplug.addMetric(payload, REBIRTH, None, MetricDataType.Boolean, False)
    client.publish(topic("NBIRTH"), bytearray(payload.SerializeToString()))
    payload = sparkplug.getDeviceBirthPayload()
    metric = sparkplug.addNullMetric(payload, "hall/pressure", ALIAS, MetricDataType.Int64)
    metric.properties.keys.append("engUnit")
    metric.properties.values.add(type=MetricDataType.String, string_value="kPa")
    client.publish(topic("DBIRTH", device), bytearray(payload.SerializeToString()))


def on_connect(client, userdata, flags, code):
    client.subscribe(topic("NCMD"), qos=1)
    tell("birth")
    births()


def on_message(client, userdata, message):
    command = sparkplug.sparkplug_b_pb2.Payload()
    command.ParseFromString(message.payload)
    if any(metric.name == REBIRTH and metric.boolean_value for metric in command.metrics):
        tell("rebirth")
        births()


client = mqtt.Client(node, clean_session=True)
client.on_connect = on_connect
client.on_message = on_message
client.tls_set(
    f"{certificates}/ca.crt", f"{certificates}/{node}.crt", f"{certificates}/{node}.key")
death = sparkplug.getNodeDeathPayload()
client.will_set(topic("NDEATH"), bytearray(death.SerializeToString()), qos=1)
client.connect("localhost", int(port))
while not client.is_connected():
    client.loop(0.1)
value = int(first)
end = value + int(count) if int(count) else None
while True:
    # Without a thread of its own, the library writes before `publish` returns.
    if value != end:
        tell(f"value {value}")
        payload = sparkplug.getDdataPayload()
        sparkplug.addMetric(payload, None, ALIAS, MetricDataType.Int64, value)
        client.publish(topic("DDATA", device), bytearray(payload.SerializeToString()))
        value += 1
    client.loop(0.01)
    time.sleep(0.01)
