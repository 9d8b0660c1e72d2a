"""Events and incidents in the shapes that other programs read: files named after the shape, for a file in the shape of a data set is not
that data set.
"""

from tacitus.export.shapes.shapes import SHAPES, Export, write_shape

__all__ = ["SHAPES", "Export", "write_shape"]
