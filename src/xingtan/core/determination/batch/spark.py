"""Apache Spark as an engine: a session set up for plans like ours. Nothing else of the product imports pyspark."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from pyspark.sql import SparkSession

LOOPBACK = "127.0.0.1"
# Measured on thirty levels of formulas: 22 s by the defaults, 9 s so. The defaults prove and merge what is already small, and compile one
# Java class of it all. `ansi` stays on: an overflow is an error here, never a number.
SETTINGS = {
    "spark.sql.ansi.enabled": "true",
    "spark.sql.constraintPropagation.enabled": "false",
    "spark.sql.optimizer.excludedRules": "org.apache.spark.sql.catalyst.optimizer.CollapseProject",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
    # A plan of ours is a thousand expressions; noting the line of Python for each of them takes a tenth of the time.
    "spark.python.sql.dataFrameDebugging.enabled": "false",
}


@contextmanager
def spark_session(master: str, *, memory: str = "1g", partitions: int = 0, java: str = "") -> Iterator[SparkSession]:
    """A session on this cluster (`local[2]`, `spark://host:port`), stopped afterwards. `memory` is each executor's and the driver's.

    `partitions` of a shuffle: 0 leaves them to Spark, which fits them to the data. `java` are options of every virtual machine.
    """
    builder = SparkSession.builder.master(master).appName("xingtan determine")
    for name, value in SETTINGS.items():
        builder = builder.config(name, value)
    builder = builder.config("spark.executor.memory", memory).config("spark.driver.memory", memory)
    if java:
        builder = builder.config("spark.driver.extraJavaOptions", java).config("spark.executor.extraJavaOptions", java)
    if partitions:
        builder = builder.config("spark.sql.shuffle.partitions", str(partitions))
    if is_here(master):
        # Else the driver waits on an address of the machine that a firewall or a name server may hide.
        os.environ.setdefault("SPARK_LOCAL_IP", LOOPBACK)
        builder = builder.config("spark.driver.host", LOOPBACK).config("spark.driver.bindAddress", LOOPBACK)
    session = builder.getOrCreate()
    try:
        yield session
    finally:
        session.stop()


def is_here(master: str) -> bool:
    """True for a cluster on this machine alone."""
    return master.startswith(("local", f"spark://{LOOPBACK}", "spark://localhost"))
