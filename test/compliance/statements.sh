#!/bin/bash
# The tests that show the statements of regulation exist and passed in this run; the last part of ./check.
exec tools/compliance.sh build
